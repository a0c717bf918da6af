import type { DeskKind } from '#features/desk/index.ts'

/** What the desk knows of the hub itself: what it says of itself, and who pays for it. */
export const hubKind: DeskKind = {
  kind: 'hub',
  label: 'translation.kind.hub',
  plural: 'translation.kind.hub',
  texts: {
    name: { label: 'translation.field.name' },
    short: { label: 'translation.field.short', help: 'desk.help.short' },
    tagline: { label: 'translation.field.tagline', help: 'desk.help.tagline' },
    purpose: { label: 'translation.field.purpose', rows: 4 },
    components: { label: 'translation.field.components' },
    about: { label: 'translation.field.about', rows: 14 },
    accessibility: { label: 'translation.field.accessibility', rows: 14 },
    privacy: { label: 'translation.field.privacy', rows: 14 },
  },
  facts: [
    {
      name: 'funding',
      type: 'links',
      relation: 'funded_by',
      kinds: ['funding'],
      label: 'funding.title',
      help: 'desk.help.hubFunding',
    },
  ],
}

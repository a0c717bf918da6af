import { formatMinutes } from '#platform/time.ts'
import { formatBytes, Notice, type PageContext, WideTable } from '#ui/index.ts'
import type { HealthLine } from '../deps.ts'
import { AdminFrame } from './frame.tsx'

/** How the hub is at this moment. */
export function HealthPage({ context, lines }: { context: PageContext; lines: readonly HealthLine[] }) {
  const { t } = context
  const faults = lines.filter(({ level }) => level !== 'ok').length
  return (
    <AdminFrame context={context} title={t('admin.health.title')}>
      <Notice kind={faults === 0 ? 'good' : 'warning'}>{t('admin.health.state', { count: faults })}</Notice>
      <WideTable
        label={t('admin.health.title')}
        head={[t('admin.health.what'), t('admin.health.is'), t('admin.health.level')]}
      >
        {lines.map((line) => (
          <tr>
            <th scope="row">{t(`admin.health.id.${line.id}`)}</th>
            <td class="value">
              <bdi>{valueWords(line, context)}</bdi>
            </td>
            <td>
              <span class={line.level === 'ok' ? 'badge current' : 'badge failed'}>
                {t(`admin.health.level.${line.level}`)}
              </span>
            </td>
          </tr>
        ))}
      </WideTable>
      <p>{t('admin.health.doctor')}</p>
    </AdminFrame>
  )
}

function valueWords({ value }: HealthLine, { t, lang }: PageContext): string {
  if ('text' in value) return value.text
  if ('engine' in value) return t(`admin.health.value.${value.engine}`, { version: value.version })
  if ('seconds' in value) return formatMinutes(Math.max(1, Math.floor(value.seconds / 60)), lang)
  if ('state' in value) return t(`admin.health.value.${value.state}`)
  const size = formatBytes(value.bytes, lang)
  return value.count === undefined ? size : `${size} · ${t('admin.health.pages', { count: value.count })}`
}

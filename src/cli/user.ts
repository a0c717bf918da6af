import { Command, Option } from 'commander'
import {
  addPerson,
  changeRole,
  listPeople,
  readGrant,
  type AccountTables,
  type Grant,
  type Account,
} from '#features/accounts/index.ts'
import { loadCatalogues } from '#platform/i18n/index.ts'
import { headerWords, readAddress } from '#platform/mail/index.ts'
import { packageRoot } from '#platform/root.ts'
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { withDatabase } from './database.ts'
import { CommandError, say } from './output.ts'

const now = () => new Date().toISOString()

/** `user`: people who sign in, from the terminal. */
export function userCommand(): Command {
  return new Command('user')
    .description('people who sign in')
    .addCommand(addCommand())
    .addCommand(roleCommand())
    .addCommand(listCommand())
}

const roleOption = () =>
  new Option('--role <role>', 'a role to give: admin, editor, translator … (see docs/operating.md)')
const scopeOption = () =>
  new Option('--scope <scope>', 'what the role is for: a language, a seminar’s id, a group’s id').default(
    '*',
    'everything',
  )

function addCommand(): Command {
  return new Command('add')
    .summary('make an account and print a link that sets its password')
    .description(
      'Makes an account, or gives one that is there a role. The link can be used once, for two weeks; run again, ' +
        'it prints a new one as long as the account has no way to sign in. Works while the hub runs.',
    )
    .argument('<email>', 'their e-mail address')
    .option('--name <name>', 'their name; they can change it')
    .option('--lang <lang>', 'the language of their messages', 'en')
    .addOption(roleOption())
    .addOption(scopeOption())
    .action(async (email: string, options: { name?: string; lang: string; role?: string; scope: string }) => {
      const address = requireAddress(email)
      const config = readConfig(process.env)
      const lang = requireLanguage(options.lang)
      const grants = options.role === undefined ? [] : [requireGrant(options.role, options.scope)]
      const name = headerWords(options.name ?? '', 120) || (address.split('@')[0] ?? address)
      const added = await withDatabase(config, async ({ kysely }) => {
        const accounts = kysely.$pickTables<keyof AccountTables>()
        return addPerson({ accounts, now, origin: config.HUB_ORIGIN }, { email: address, name, lang, grants })
      })
      say(added.isNew ? `${address} was added.` : `${address} has an account already.`)
      if (added.link === null) say('It has a way to sign in; a new password comes from the sign-in page.')
      else say(`This link sets the password, once, within two weeks:\n${added.link}`)
    })
}

function roleCommand(): Command {
  return new Command('role')
    .summary('give somebody a role, or take it away')
    .argument('<email>', 'their e-mail address')
    .argument('<role>', 'the role')
    .addOption(scopeOption())
    .option('--remove', 'take it away')
    .action(async (email: string, role: string, options: { scope: string; remove?: boolean }) => {
      const address = requireAddress(email)
      const grant = requireGrant(role, options.scope)
      const outcome = await withDatabase(readConfig(process.env), async ({ kysely }) => {
        const accounts = kysely.$pickTables<keyof AccountTables>()
        return changeRole({ accounts, now }, address, grant, options.remove === true)
      })
      if (outcome === 'unknown') throw new CommandError(`There is no account with the address ${address}.`)
      if (outcome === 'last-admin') {
        throw new CommandError(`${address} is the only administrator. Give somebody else that role first.`)
      }
      say(`${address} ${options.remove ? 'no longer has' : 'has'} the role ${describeGrant(grant)}.`)
    })
}

function listCommand(): Command {
  return new Command('list')
    .summary('list everybody who has an account')
    .option('--json', 'prints the list as JSON')
    .action(async (options: { json?: boolean }) => {
      const people = await withDatabase(readConfig(process.env), async ({ kysely }) => {
        const accounts = kysely.$pickTables<keyof AccountTables>()
        const all: Account[] = []
        for (let page = 1; ; page += 1) {
          const { items, total } = await listPeople(accounts, { page })
          all.push(...items)
          if (items.length === 0 || all.length >= total) return all
        }
      })
      if (options.json) say(JSON.stringify(people, null, 2))
      else for (const person of people) say(describePerson(person))
      if (people.length === 0 && !options.json) say('Nobody has an account yet.')
    })
}

function describePerson({ email, name, status, grants }: Account): string {
  const roles = grants.map(describeGrant).join(', ') || 'member'
  return `${email ?? ''}  ${name}  ${roles}${status === 'active' ? '' : `  (${status})`}`
}

const describeGrant = ({ role, scope }: Grant) => (scope === '*' ? role : `${role} for ${scope}`)

function requireAddress(text: string): string {
  const address = readAddress(text)
  if (address === null) throw new CommandError(`“${text.slice(0, 100)}” is not an e-mail address.`)
  return address
}

function requireLanguage(lang: string): string {
  const { languages } = loadCatalogues(join(packageRoot(), 'locales'))
  if (!languages.includes(lang)) {
    throw new CommandError(`The hub does not speak “${lang.slice(0, 40)}”; it speaks ${languages.join(', ')}.`)
  }
  return lang
}

function requireGrant(role: string, scope: string): Grant {
  const grant = readGrant(role, scope)
  if (grant !== null) return grant
  const of = scope === '*' ? '' : ` for “${scope.slice(0, 40)}”`
  throw new CommandError(`“${role.slice(0, 40)}”${of} is no role that can be given. docs/operating.md lists them.`)
}

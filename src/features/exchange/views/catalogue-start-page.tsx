import { actorName } from '#features/accounts/index.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import {
  Breadcrumbs,
  Button,
  formatBytes,
  ImportForm,
  Layout,
  Notice,
  Section,
  to,
  WideTable,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { CatalogueImport } from '../catalogue-desk/store.ts'

interface CatalogueStartPageProps {
  readonly form: FormState
  readonly imports: readonly CatalogueImport[]
  /** Names of those who sent them. */
  readonly actors: ReadonlyMap<string, string>
  readonly mostBytes: number
  readonly done: MessageKey | null
}

const accept = '.csv,.tsv,.xlsx,.bib,.bibtex,.ris,.json'

/** Where a catalogue of publications is chosen; what comes of it is shown before anything is written. */
export function CatalogueStartPage({ form, imports, actors, mostBytes, done }: CatalogueStartPageProps) {
  const { context } = form
  const { t, lang } = context
  return (
    <Layout context={context} area="desk" title={t('import.title')}>
      <Breadcrumbs above={[{ label: t('desk.title'), href: to(context, 'desk') }]} context={context} />
      <h1>{t('import.title')}</h1>
      {done && <Notice kind="good">{t(done)}</Notice>}
      <p>{t('import.intro')}</p>
      <ul>
        <li>{t('import.formats', { bytes: formatBytes(mostBytes, lang) })}</li>
        <li>
          {t('import.templates')} <a href={to(context, 'library/template.xlsx')}>XLSX</a>{' '}
          <a href={to(context, 'library/template.csv')}>CSV</a>
        </li>
      </ul>
      <ImportForm
        form={form}
        accept={accept}
        options={[
          { name: 'merge', label: t('import.merge'), help: t('import.merge.help') },
          { name: 'publish', label: t('import.publish'), help: t('import.publish.help') },
        ]}
      >
        <Button>{t('import.compare')}</Button>
      </ImportForm>
      <Section title={t('import.recent')}>
        {imports.length > 0 && <Recent imports={imports} actors={actors} context={context} />}
      </Section>
    </Layout>
  )
}

function Recent({
  imports,
  actors,
  context,
}: Pick<CatalogueStartPageProps, 'imports' | 'actors'> & { context: PageContext }) {
  const { t, lang, hub } = context
  const head = [t('admin.import.file'), t('import.sent'), t('import.by'), t('import.state')]
  return (
    <WideTable label={t('import.recent')} head={head}>
      {imports.map(({ id, name, sentAt, actor, state }) => (
        <tr>
          <th scope="row">
            <a href={to(context, `desk/import/publications/${id}`)}>
              <bdi>{name}</bdi>
            </a>
          </th>
          <td>
            <time datetime={sentAt}>{formatInstant(sentAt, lang, hub.timeZone)}</time>
          </td>
          <td>
            <bdi>{actorName(actor, actors, t)}</bdi>
          </td>
          <td>{t(`import.state.${state}`)}</td>
        </tr>
      ))}
    </WideTable>
  )
}

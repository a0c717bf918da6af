import { Button, type PageContext } from '#ui/index.ts'

/** The two ways to send a file: to look at what would come of it, and to bring it in. */
export function TryButtons({ context: { t } }: { context: PageContext }) {
  return (
    <>
      <Button name="do" value="try">
        {t('admin.import.try')}
      </Button>
      <Button kind="plain" name="do" value="import">
        {t('admin.import.do')}
      </Button>
    </>
  )
}

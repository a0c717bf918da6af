import type { ComponentChildren } from 'preact'
import { isolate } from '#platform/i18n/index.ts'
import { to, type PageContext } from '../context.ts'

/** A form whose files are sent as soon as they are chosen and go on after a break, where there is script. */
export function FileUploads({ context, children }: { context: PageContext; children: ComponentChildren }) {
  const { t, visit } = context
  const [name, percent, sent, total] = [isolate('{name}'), '{percent}', '{sent}', '{total}']
  return (
    <file-uploads
      action={to(context, 'desk/uploads')}
      owner={visit?.id ?? ''}
      to={to(context, 'sign-in')}
      sending={t('form.upload.sending', { name, percent })}
      amount={t('form.upload.amount', { sent, total })}
      broken={t('form.upload.broken', { percent })}
      checking={t('form.upload.checking', { name })}
      there={t('form.upload.there', { name })}
      signedout={t('form.upload.signedOut')}
      sign-in={t('form.upload.signIn')}
      toolarge={t('form.upload.tooLarge', { name })}
      type={t('desk.problem.fileType')}
      full={t('form.upload.full', { name })}
      toomany={t('form.upload.tooMany')}
      unreadable={t('form.upload.unreadable', { name })}
      failed={t('form.upload.failed', { name })}
      held={t('form.upload.held')}
      stopped={t('form.upload.stopped')}
      begun={t('form.upload.begun', { name })}
      removed={t('form.upload.removed', { name })}
      cancel={t('form.upload.cancel')}
      again={t('form.upload.again')}
    >
      {children}
    </file-uploads>
  )
}

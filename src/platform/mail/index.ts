export { headerWords, readAddress, readSender } from './address.ts'
export { deliverDue } from './deliver.ts'
export type { MailTables } from './schema.ts'
export { createSender, emptyOutbox, type SendMessage } from './sender.ts'
export {
  countMessages,
  deleteMessage,
  findMessage,
  forgetMessages,
  listMessages,
  listMessagesTo,
  queueMessage,
  retryMessage,
  type MailDb,
  type Message,
  type MessageState,
  type NewMessage,
} from './store.ts'

export { headerWords, readAddress, readSender } from './address.ts'
export type { MailTables } from './schema.ts'
export {
  countMessages,
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

export {
  createJobs,
  type CreateJobs,
  type Job,
  type JobDefinition,
  type Jobs,
  type JobState,
  type SendOptions,
} from './jobs.ts'

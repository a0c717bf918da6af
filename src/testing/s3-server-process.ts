import S3rver from '@20minutes/s3rver'
import { s3Bucket } from './s3-server.ts'

/** An S3-compatible server in a folder of its own: says its port on the first line, and runs until it is ended. */
const [directory = ''] = process.argv.slice(2)
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  vhostBuckets: false,
  configureBuckets: [{ name: s3Bucket }],
})
const { port } = await server.run()
process.stdout.write(`${port}\n`)

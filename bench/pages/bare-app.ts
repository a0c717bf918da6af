import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { z } from 'zod'

const Pages = z.array(z.object({ path: z.string(), type: z.string(), coding: z.string(), body: z.string() }))

/** The least a Hono app can do with these bytes: no limits, no ids, no conditions, no log. */
process.once('message', (message) => {
  const app = new Hono()
  for (const { path, type, coding, body } of Pages.parse(message)) {
    const bytes = Uint8Array.from(Buffer.from(body, 'base64'))
    app.get(path, (c) => c.body(bytes, 200, { 'content-type': type, 'content-encoding': coding }))
  }
  serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
})

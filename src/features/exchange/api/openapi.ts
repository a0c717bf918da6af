import { z } from 'zod'
import { operations, type Operation } from './operations.ts'
import { components } from './schemas/parts.ts'

/** The interface described in OpenAPI 3.1, made from the same schemas that read its queries and type its answers. */
export function describeApi(origin: string) {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Passerelle API',
      version: '1.0.0',
      summary: 'Seminars, programmes, organisations and vocabularies of a knowledge hub',
      description:
        'Read only, open to all, without a key. Every text says its language and its state. Lists come in pages. Errors are problem documents (RFC 9457).',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: `${origin}/api/v1` }],
    paths: Object.fromEntries(
      Object.values(operations).map((operation) => [operation.path, { get: describe(operation) }]),
    ),
    components: {
      schemas: namedSchemas(),
      responses: {
        Problem: {
          description: 'What went wrong.',
          content: { 'application/problem+json': { schema: reference('Problem') } },
        },
      },
    },
  }
}

function reference(id: string) {
  return { $ref: `#/components/schemas/${id}` }
}

function namedSchemas(): Record<string, unknown> {
  const { schemas } = z.toJSONSchema(components, { uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutDialect(schema)]))
}

/** The schema alone: OpenAPI 3.1 says once for all which dialect its schemas are in and where they stand. */
function withoutDialect({ $schema: _schema, $id: _id, $defs: _defs, ...schema }: z.core.JSONSchema.BaseSchema) {
  return schema
}

function describe(operation: Operation) {
  return {
    operationId: operation.id,
    summary: operation.summary,
    parameters: [...pathParameters(operation), ...queryParameters(operation)],
    responses: {
      200: { description: operation.summary, content: { 'application/json': { schema: answerSchema(operation) } } },
      ...(operation.path.includes('{id}') && {
        301: { description: 'It was merged into another, which is at the address in Location.' },
      }),
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function answerSchema({ answer }: Operation): unknown {
  const named = components.get(answer)
  if (named) return reference(named.id)
  // A list: its items are named, itself is not.
  const schema = withoutDialect(z.toJSONSchema(answer, { metadata: components }))
  const here: unknown = JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
  return here
}

function pathParameters({ path }: Operation) {
  return path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []
}

function queryParameters({ query }: Operation) {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => {
    if (typeof schema === 'boolean') return { name, in: 'query', schema: {} }
    const { description, ...rest } = schema
    return { name, in: 'query', ...(description ? { description } : {}), schema: rest }
  })
}

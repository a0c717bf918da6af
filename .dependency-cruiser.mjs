const features = '^src/features/([^/]+)/'
const floors = [
  ['accounts'],
  ['records'],
  ['search'],
  ['files'],
  ['desk'],
  ['taxonomy'],
  ['directory'],
  ['series'],
  ['seminars', 'library', 'translation'],
  ['recordings'],
  ['exchange'],
  ['hub'],
  ['admin'],
]

/** Imports go down only: a feature reaches those on the floors below it, and none beside or above. */
const downwards = floors.flatMap((floor, height) => {
  const above = floors.slice(height + 1).flat()
  const beside = (name) => floor.filter((other) => other !== name)
  return floor.flatMap((name) => {
    const closed = [...above, ...beside(name)]
    if (closed.length === 0) return []
    return [
      {
        name: `downwards-from-${name}`,
        severity: 'error',
        from: { path: `^src/features/${name}/`, pathNot: '\\.test\\.tsx?$' },
        to: { path: `^src/features/(${closed.join('|')})/` },
      },
    ]
  })
})

const test = '\\.test\\.tsx?$'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'front-door',
      severity: 'error',
      from: { path: features },
      to: { path: '^src/features/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/index\\.tsx?$'] },
    },
    {
      name: 'front-door-from-outside',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/features/' },
      to: { path: '^src/features/', pathNot: '^src/features/[^/]+/index\\.tsx?$' },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/(platform|ui)/', pathNot: test },
      to: { path: '^src/(features/|app\\.|schema\\.|cli/|main\\.)' },
    },
    {
      name: 'platform-draws-nothing',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: test },
      to: { path: '^src/ui/' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '^src/features/[^/]+/(domain|policy|phase)\\.ts$' },
      to: { path: '(/(store|actions|writing|routes|forms)\\.tsx?$|node_modules/(kysely|hono|pg)/)' },
    },
    {
      name: 'views-only-draw',
      severity: 'error',
      from: { path: '^src/features/[^/]+/views/', pathNot: test },
      to: {
        path: '(^src/features/[^/]+/(store|actions|writing|routes)\\.tsx?$|^src/platform/(db|http)/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-stores-speak-sql',
      severity: 'error',
      from: {
        path: '^src/features/',
        pathNot: ['/((store|editing)[a-z-]*|schema|writing|handles)\\.ts$', test],
      },
      to: { path: 'node_modules/(kysely|pg)/' },
    },
    {
      name: 'browser-stands-alone',
      severity: 'error',
      from: { path: '^src/browser/' },
      to: { path: '^src/', pathNot: '^src/browser/' },
    },
    ...downwards,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}

/** Imports point one way; a room enters another only through its doors; the graph of rooms has no cycle. */
const ours = '^(engines|kernel|platform|features|server|web|tracker|demo|test|bench)/'
const tests = '(\\.test\\.tsx?$|^test/)'

module.exports = {
  forbidden: [
    { name: 'kernel-is-pure', severity: 'error', from: { path: '^kernel/', pathNot: tests }, to: { path: ours, pathNot: '^kernel/' } },
    { name: 'kernel-does-no-io', severity: 'error', from: { path: '^kernel/', pathNot: tests }, to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|util)$' } },
    { name: 'engines-stand-alone', severity: 'error', from: { path: '^engines/', pathNot: tests }, to: { path: ours, pathNot: '^engines/' } },
    { name: 'tracker-stands-alone', severity: 'error', from: { path: '^tracker/', pathNot: tests }, to: { path: ours, pathNot: '^tracker/' } },
    { name: 'platform-knows-no-room', severity: 'error', from: { path: '^platform/', pathNot: tests }, to: { path: '^(features|server|web|engines|demo)/' } },
    { name: 'rooms-know-no-shell', severity: 'error', from: { path: '^features/[^/]+/server/', pathNot: tests }, to: { path: '^(server|web|engines|demo|test|bench)/' } },
    { name: 'web-knows-no-server', severity: 'error', from: { path: '^(web/|features/[^/]+/web/)', pathNot: tests }, to: { path: '^(server|platform|engines|demo)/|^features/[^/]+/server/' } },
    {
      name: 'rooms-enter-by-doors',
      severity: 'error',
      from: { path: '^features/([^/]+)/', pathNot: tests },
      to: { path: '^features/', pathNot: ['^features/$1/', '^features/[^/]+/(contract\\.ts|server/(reads|actions)\\.ts|web/parts\\.tsx?)$'] },
    },
    { name: 'no-cycle', severity: 'error', from: { pathNot: tests }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-cycle-of-rooms', severity: 'error', scope: 'folder', from: { path: '^features/[^/]+$' }, to: { path: '^features/[^/]+$', circular: true } },
    { name: 'declared', severity: 'error', from: {}, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
    { name: 'no-dev-parts', severity: 'error', from: { path: '^(engines|kernel|platform|features|server|web|tracker)/', pathNot: tests }, to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|\\.css$|\\.json$)' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}

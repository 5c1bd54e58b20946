import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Who may import whom; `docs/architecture.md` explains the table. Every package may import `contracts`. */
const MAY_IMPORT = {
  contracts: [],
  compute: ['contracts'],
  npy: ['contracts'],
  core: ['contracts'],
  'backend-onnx': ['contracts', 'compute', 'npy'],
  'backend-clip': ['contracts', 'compute', 'backend-onnx'],
  'backend-llm': ['contracts', 'compute', 'backend-onnx'],
  'backend-resnet': ['contracts', 'compute', 'backend-onnx'],
  'backend-response-optimized': ['contracts', 'compute', 'backend-onnx'],
  readouts: ['contracts', 'compute'],
  scoring: ['contracts', 'compute'],
  datasets: ['contracts', 'npy'],
  report: ['contracts'],
  conformance: ['contracts'],
  cli: ['*'],
  tools: ['*'],
};

const depConstraints = Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
  sourceTag: `package:${name}`,
  onlyDependOnLibsWithTags: allowed.map((other) => (other === '*' ? '*' : `package:${other}`)),
}));

/** Tests run the conformance kit, so they alone may import it besides what their package may. */
const testConstraints = depConstraints.map((constraint) => ({
  ...constraint,
  onlyDependOnLibsWithTags: [...constraint.onlyDependOnLibsWithTags, 'package:conformance'],
}));

const boundaries = (constraints) => [
  'error',
  { enforceBuildableLibDependency: true, allow: [], depConstraints: constraints },
];

const BANNED = [
  {
    selector: 'NewExpression[callee.name=/^(Error|TypeError|RangeError)$/]',
    message: 'Throw an error of the catalogue (@striate/contracts): what happened, where, what to do.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Seeds are explicit: take a seed, or a random source made from one.',
  },
];

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/.nx', '**/node_modules', '**/__fixtures__', '**/*.generated.ts'] },
  ...tseslint.configs.strict.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    languageOptions: { parser: tseslint.parser },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(depConstraints),
      'no-restricted-syntax': ['error', ...BANNED],
      '@typescript-eslint/no-non-null-assertion': 'off', // typed arrays and checked shapes make `!` honest here
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.test.ts', '**/test/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': boundaries(testConstraints), 'no-restricted-syntax': 'off' },
  },
  { files: ['tools/**/*.ts', 'packages/cli/src/**/*.ts'], rules: { 'no-console': 'off' } },
);

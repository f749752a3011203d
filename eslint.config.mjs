import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/**
 * Who may import whom (docs/adr/0002): collections, endpoints, cli, app -> deps -> newsletter <- adapters.
 * `files` may not import what `groups` match.
 */
const border = ({ files, ignores = [], groups, message }) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: [...groups, ...TOOLS], message }] }] },
})

/** Tests and bench use them; the product knows none. */
const TOOLS = ['**/emulator/**']

const FRAMEWORKS = ['payload', '@payloadcms/*', 'next', 'next/*', 'react', 'react-dom', 'react/*']

export default tseslint.config(
  {
    ignores: [
      '.next/',
      '.programs/',
      'data/',
      'artifacts/',
      'coverage/',
      'next-env.d.ts',
      'tests/support/mongodb/lib/',
    ],
  },
  // Generated: nothing in them is linted, also where somebody names one of them.
  {
    files: ['src/payload-types.ts', 'src/migrations/**', 'src/app/(payload)/admin/importMap.js'],
    processor: { preprocess: () => [], postprocess: () => [] },
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.{mjs,js}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setInterval: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  {
    files: ['src/app/(site)/_assets/*.js'],
    languageOptions: {
      globals: {
        window: 'readonly',
        document: 'readonly',
        location: 'readonly',
        fetch: 'readonly',
        DOMParser: 'readonly',
      },
    },
  },
  // src/env.ts is the only reader of the environment; instrumentation.ts is told the runtime by Next's compiler.
  {
    files: ['src/**', 'emails/**'],
    ignores: ['src/env.ts', 'src/instrumentation.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/env.ts reads the environment.' },
      ],
    },
  },
  // Payload's APIError loses its message in the build and has one language.
  {
    files: ['src/**'],
    ignores: ['src/refusals/refusal.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name=/^(APIError|Forbidden|NotFound|Locked)$/]',
          message: 'Throw refusal() of src/refusals: it says so in both languages.',
        },
      ],
    },
  },
  border({ files: ['src/**', 'emails/**'], groups: [], message: 'The emulator is a tool, not a part.' }),
  border({
    files: ['src/newsletter/**'],
    groups: [
      ...FRAMEWORKS,
      '**/env.ts',
      '**/deps.ts',
      '**/adapters/**',
      '**/collections/**',
      '**/content/**',
      '**/payload-types.ts',
    ],
    message: 'The flow knows its ports alone; an adapter brings the rest.',
  }),
  {
    files: ['src/newsletter/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'The flow calls its mailer.' }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The flow asks its clock.' },
        { object: 'process', property: 'env', message: 'Only src/env.ts reads the environment.' },
      ],
    },
  },
  border({
    files: ['src/adapters/**'],
    groups: ['**/deps.ts', '**/collections/**', '**/endpoints/**', '**/app/**', '**/cli/**', '**/admin/**'],
    message: 'An adapter serves the flow; it does not know who calls.',
  }),
  border({
    files: ['src/{access,collections,content,endpoints,fields,globals,readers,subscribers}/**', 'src/app/**'],
    groups: ['**/adapters/**'],
    message: 'Adapters come through src/deps.ts.',
  }),
  border({
    files: ['emails/**', 'src/rich-text/**'],
    groups: ['payload', '@payloadcms/*', '**/env.ts', '**/deps.ts', '**/adapters/**', '**/collections/**'],
    message: 'Templates are functions of props.',
  }),
  // The emulator stands in for Resend: it knows Resend's API and nothing of ours, and nothing of ours knows it.
  border({
    files: ['emulator/**'],
    groups: [
      ...FRAMEWORKS,
      'resend',
      '**/src/**',
      '**/emails/**',
      '**/tests/**',
      '**/bench/**',
      '@payload-config',
      '**/payload.config.ts',
    ],
    message: 'The emulator is a tool of its own.',
  }),
)

import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// The floors of the house, from the ground up. A folder may import itself and the
// folders named beside it, nothing else: no arrow runs up, none runs sideways.
const floors = {
  shared: [],
  engine: ['shared'],
  mil: ['shared', 'engine'],
  mining: ['shared', 'engine', 'mil'],
  stain: [],
  encoders: ['shared', 'engine', 'mil', 'stain'],
  language: ['shared'],
  slides: ['shared', 'stain'],
  cohort: ['shared', 'slides'],
  sample: ['shared', 'slides', 'cohort'],
  training: ['shared', 'engine', 'mil', 'mining', 'encoders', 'stain', 'slides', 'cohort'],
  report: ['shared', 'slides', 'cohort'],
  host: ['shared', 'engine', 'mil', 'mining', 'encoders', 'stain', 'slides', 'cohort', 'sample', 'training', 'report', 'language'],
  extension: ['shared'],
};
const folders = Object.keys(floors);
const heavy = ['sharp', 'onnxruntime-node', 'h5wasm', 'h5wasm/*', '@tensorflow/*'];

const floorRule = (folder, allowed) => {
  const closed = folders.filter((other) => other !== folder && !allowed.includes(other));
  const patterns = [
    { group: closed.flatMap((other) => [`**/../${other}/**`, `../${other}/**`, `../../${other}/**`, `../../../${other}/**`]), message: `src/${folder} may import only: ${allowed.join(', ') || 'nothing of its siblings'} (see CONTRIBUTING.md).` },
  ];
  if (folder !== 'extension') patterns.push({ group: ['vscode'], message: 'Only src/extension imports vscode.' });
  if (['shared', 'language', 'extension', 'slides', 'cohort', 'mil', 'mining'].includes(folder)) {
    const open = folder === 'slides' || folder === 'cohort' ? ['onnxruntime-node', '@tensorflow/*'] : folder === 'mil' || folder === 'mining' ? ['sharp', 'onnxruntime-node', 'h5wasm', 'h5wasm/*'] : heavy;
    patterns.push({ group: open, message: `Heavy packages do not load in src/${folder}.` });
  }
  return { files: [`src/${folder}/**/*.ts`, ...(folder === 'extension' ? ['src/extension.ts'] : [])], rules: { 'no-restricted-imports': ['error', { patterns }] } };
};

export default tseslint.config(
  { ignores: ['dist', 'coverage', '**/node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 320, skipBlankLines: false }],
      'no-console': 'error',
      'no-undef': 'off',
    },
  },
  {
    // Webviews stand on the contracts alone.
    files: ['webview-ui/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: [...folders.filter((folder) => folder !== 'shared').map((folder) => `**/src/${folder}/**`), '**/src/extension.js'], message: 'webview-ui imports only src/shared (see CONTRIBUTING.md).' },
            { group: ['vscode', 'node:*', ...heavy], message: 'A webview runs in a browser.' },
          ],
        },
      ],
    },
  },
  { files: ['test/**', 'scripts/**'], rules: { 'max-lines': 'off', 'no-console': 'off' } },
  ...Object.entries(floors).map(([folder, allowed]) => floorRule(folder, allowed)),
);

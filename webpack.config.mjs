import { execFileSync } from 'node:child_process';
import { builtinModules } from 'node:module';
import { readdirSync } from 'node:fs';
import CssMinimizerPlugin from 'css-minimizer-webpack-plugin';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';
import webpack from 'webpack';
import { TakenIn } from './scripts/package/taken-in.mjs';

// Packages that carry native binaries or WebAssembly beside their code: they are
// resolved from node_modules at run time, never copied into a bundle.
const native = [/^onnxruntime-node/, /^sharp$/, /^h5wasm/, /^koffi$/, /^@tensorflow\/tfjs-(node|node-gpu|backend-wasm)/];

const here = (path) => new URL(path, import.meta.url).pathname;
const resolve = { extensions: ['.ts', '.tsx', '.js'], extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } };
const script = (options) => ({ test: /\.tsx?$/, loader: 'esbuild-loader', options });
// Lazy modules stay lazy inside the one file: a rebuild never takes a chunk from under a running host.
const oneFile = new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 });

// The JSON Schemas of experiment files, said by the command line that has just been built.
const schemas = { apply: ({ hooks }) => hooks.done.tap('schemas', (stats) => void (stats.hasErrors() || execFileSync(process.execPath, [here('./dist/mil.js'), 'schema', '--out', here('./dist')]))) };

/** The command line and training host. */
const mil = {
  name: 'mil',
  target: 'node20',
  mode: 'production',
  entry: { mil: './src/host/main.ts' },
  output: { path: here('./dist'), filename: '[name].js', clean: { keep: /^(extension\.js|webview|vscode-test|vsix)/ }, library: { type: 'commonjs2' } },
  devtool: 'source-map',
  // Names are kept: stack traces reach users, and tfjs looks kernels up by name.
  optimization: { minimize: false, splitChunks: false },
  resolve,
  // Decoders run in workers, each a file beside the bundle. Chunks are not merged as elsewhere, for theirs would be
  // merged into the host's: lazy modules are in the file that asks for them, and still run when asked for.
  module: { rules: [script({ target: 'node20' })], parser: { javascript: { worker: ['Worker from node:worker_threads', '...'], dynamicImportMode: 'eager' } } },
  externals: [
    ({ request }, done) => (native.some((pattern) => pattern.test(request)) || builtinModules.includes(request) ? done(null, `commonjs ${request}`) : done()),
  ],
  plugins: [new webpack.BannerPlugin({ banner: '#!/usr/bin/env node', raw: true }), new TakenIn(), schemas],
  ignoreWarnings: [/Critical dependency/],
};

/** The extension: small, and quick to start. */
const extension = {
  name: 'extension',
  target: 'node20',
  mode: 'production',
  entry: { extension: './src/extension.ts' },
  output: { path: here('./dist'), filename: '[name].js', library: { type: 'commonjs2' } },
  devtool: 'source-map',
  resolve,
  module: { rules: [script({ target: 'node20' })] },
  externals: { vscode: 'commonjs vscode' },
  plugins: [oneFile, new TakenIn()],
  performance: { hints: 'error', maxAssetSize: 250_000, maxEntrypointSize: 250_000, assetFilter: (name) => name.endsWith('.js') },
};

/** The webviews, a bundle each: every folder of webview-ui but the shared one. */
const webviews = readdirSync(here('./webview-ui'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map(({ name }) => ({
    name: `webview-${name}`,
    target: 'web',
    mode: 'production',
    entry: { [name]: `./webview-ui/${name}/index.tsx` },
    output: { path: here('./dist/webview'), filename: '[name].js' },
    devtool: false,
    resolve,
    module: { rules: [script({ target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact' }), { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] }] },
    optimization: { minimizer: ['...', new CssMinimizerPlugin()] },
    plugins: [new MiniCssExtractPlugin({ filename: '[name].css' }), new TakenIn()],
    performance: { hints: 'error', maxAssetSize: 350_000, maxEntrypointSize: 400_000 },
  }));

/** The tests that run inside the extension host. */
const integration = {
  name: 'integration',
  target: 'node20',
  mode: 'development',
  entry: { integration: './test/vscode/integration/index.ts' },
  output: { path: here('./dist/vscode-test'), filename: '[name].js', clean: true, library: { type: 'commonjs2' } },
  devtool: 'source-map',
  resolve,
  module: { rules: [script({ target: 'node20' })] },
  externals: { vscode: 'commonjs vscode', mocha: 'commonjs mocha' },
  plugins: [oneFile],
};

export default [mil, extension, ...webviews, integration];

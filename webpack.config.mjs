import { builtinModules } from 'node:module';
import webpack from 'webpack';

// Packages that carry native binaries or WebAssembly beside their code: they are
// resolved from node_modules at run time, never copied into a bundle.
const native = [/^onnxruntime-node/, /^sharp$/, /^h5wasm/, /^@tensorflow\/tfjs-(node|node-gpu|backend-wasm)/];

/** One bundle a process; the extension and the webviews join this list when they exist. */
export default [
  {
    name: 'mil',
    target: 'node20',
    mode: 'production',
    entry: { mil: './src/host/main.ts' },
    output: { path: new URL('./dist', import.meta.url).pathname, filename: '[name].js', clean: true, library: { type: 'commonjs2' } },
    devtool: 'source-map',
    // Names are kept: stack traces reach users, and tfjs looks kernels up by name.
    optimization: { minimize: false },
    resolve: { extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } },
    module: { rules: [{ test: /\.ts$/, loader: 'esbuild-loader', options: { target: 'node20' } }] },
    externals: [
      ({ request }, done) => (native.some((pattern) => pattern.test(request)) || builtinModules.includes(request) ? done(null, `commonjs ${request}`) : done()),
    ],
    plugins: [
      new webpack.BannerPlugin({ banner: '#!/usr/bin/env node', raw: true }),
      // Lazy modules stay lazy inside the one file: a rebuild never takes a chunk from under a running host.
      new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 }),
    ],
    ignoreWarnings: [/Critical dependency/],
  },
];

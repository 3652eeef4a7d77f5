import webpack from 'webpack';

const packageFolder = /^.*node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/;

/** Writes beside each bundle which packages it took in, `<name>.js.packages.json`: their folders, for the notices of the package. */
export class TakenIn {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('TakenIn', (compilation) => {
      compilation.hooks.processAssets.tap({ name: 'TakenIn', stage: webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT }, () => {
        const modules = [...compilation.modules].flatMap((module) => [module, ...(module.modules ?? [])]);
        const folders = modules.flatMap((module) => packageFolder.exec(module.nameForCondition() ?? '')?.[0] ?? []);
        for (const name of compilation.entrypoints.keys()) compilation.emitAsset(`${name}.js.packages.json`, new webpack.sources.RawSource(JSON.stringify([...new Set(folders)].sort())));
      });
    });
  }
}

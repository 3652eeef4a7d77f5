import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coordsAttributes, createFeatureWriter, writeCoords } from '../../../../src/cohort/features/index.js';
import { scratchFolder } from '../fixtures.js';

const python = ['python3', '/usr/bin/python3'].find((program) => spawnSync(program, ['-c', 'import h5py']).status === 0);
const folder = scratchFolder();

/** What CLAM's and TRIDENT's readers take out of a file, line for line. */
const readers = `
import h5py, json, sys
out = {}
with h5py.File(sys.argv[1], 'r') as f:  # CLAM, dataset_h5.py
    dset = f['coords']
    out['clam'] = {'length': len(dset), 'patch_level': int(dset.attrs['patch_level']), 'patch_size': int(dset.attrs['patch_size']), 'first': [int(v) for v in dset[0]], 'size0': (dset.attrs['downsample'] * dset.attrs['patch_size']).tolist()}
with h5py.File(sys.argv[1], 'r') as f:  # TRIDENT, IO.read_coords and read_coords_legacy
    attrs = dict(f['coords'].attrs)
    out['trident'] = {name: attrs.get(name) if isinstance(attrs.get(name), str) else float(attrs.get(name)) for name in ('patch_size', 'patch_size_level0', 'level0_magnification', 'target_magnification', 'overlap', 'custom_downsample', 'name', 'savetodir', 'level0_width', 'level0_height')}
    out['coords'] = f['coords'][:].tolist()
with h5py.File(sys.argv[2], 'r') as f:  # CLAM, dataset_generic.py with use_h5
    out['features'] = [str(f['features'].dtype), list(f['features'].shape), float(f['features'][:].sum()), str(f['coords'].dtype)]
print(json.dumps(out))
`;

describe.skipIf(python === undefined)('stores in Python, where h5py is installed', () => {
  it('are what CLAM and TRIDENT read', async () => {
    const coords = { x: Float64Array.of(0, 224.4, 448.9), y: Float64Array.of(10, 10, 10), size0: 224.449 };
    const attributes = coordsAttributes({ id: '007', base: { width: 4000, height: 3000 }, size0: coords.size0, overlap0: 12.4, magnification: 20, folder: 'patches' });
    const [patches, features] = ['patches.h5', 'features.h5'].map((name) => join(folder, name)) as [string, string];
    await writeCoords(patches, coords, attributes);
    const writer = await createFeatureWriter(features, 4, { coords: attributes, features: { encoder: 'x.onnx' } });
    writer.append(new Float32Array(12).fill(0.5), coords);
    writer.close();
    const { stdout, stderr } = spawnSync(python!, ['-c', readers, patches, features], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      clam: { length: 3, patch_level: 0, patch_size: 224, first: [0, 10], size0: [224, 224] },
      trident: { patch_size: 224, patch_size_level0: 224.449, level0_magnification: 20, target_magnification: 20, overlap: 12, custom_downsample: 1, name: '007', savetodir: 'patches', level0_width: 4000, level0_height: 3000 },
      coords: [[0, 10], [224, 10], [449, 10]],
      features: ['float32', [3, 4], 6, 'int32'],
    });
  });
});

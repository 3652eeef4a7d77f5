import { convolutionKernels } from './convolution/index.js';
import { elementwiseKernels } from './elementwise.js';
import { indexingKernels } from './indexing.js';
import type { Kernels } from './kernel.js';
import { matmulKernels } from './matmul.js';
import { poolingKernels } from './pooling.js';
import { reductionKernels } from './reductions.js';
import { shapeKernels } from './shape.js';

/** Every kernel of tfjs that can be traced. */
export const kernels: Kernels = {
  ...elementwiseKernels,
  ...reductionKernels,
  ...matmulKernels,
  ...indexingKernels,
  ...shapeKernels,
  ...convolutionKernels,
  ...poolingKernels,
};

// First, so that the gradients below find its tensors instead of making their own.
import '@tensorflow/tfjs-core';
// The main bundle of tfjs-core registers no gradients: they come with this import, once, here.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import { replaceGradients } from './gradients.js';

replaceGradients();

/** tfjs-core as the language of programs. Every floor above imports it from here. */
export * as tf from '@tensorflow/tfjs-core';

import { inverse, unit, type Matrix } from './matrix.js';

/** Optical density of haematoxylin, eosin and DAB in red, green, blue (Ruifrok & Johnston 2001), each at length 1. */
export const hedVectors: Matrix = [unit([0.65, 0.7, 0.29]), unit([0.07, 0.99, 0.11]), unit([0.27, 0.57, 0.78])];

/** From optical densities in red, green, blue (a row) to amounts of haematoxylin, eosin and DAB. */
export const hedUnmixing: Matrix = inverse(hedVectors);

export { HeatField, type HeatFrame } from './heat-field.js';
export { writeHeatmapPng } from './heatmap-png.js';
export { writeHeatmapTiff } from './ome-tiff.js';
export { writeQupath } from './qupath.js';

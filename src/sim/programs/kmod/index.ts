export { lsmod } from './lsmod.js';
export { modprobe } from './modprobe.js';
export { rmmod } from './rmmod.js';

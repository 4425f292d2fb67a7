export { lsmod } from './lsmod.js';
export { modinfo } from './modinfo.js';
export { modprobe } from './modprobe.js';
export { rmmod } from './rmmod.js';

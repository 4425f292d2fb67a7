/** Stands in for react-devtools-core in the bundle: Ink names it, but asks for it only when DEV=true. */
export default { initialize() {}, connectToDevTools() {} };

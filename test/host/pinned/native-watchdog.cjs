// Stands in for the native module @vscode/native-watchdog, so that nothing has to be compiled.
exports.start = () => {};
exports.exit = (code) => process.exit(code);

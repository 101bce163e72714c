// The guided flows, which are loaded when the first of them is begun.
export { addCredentials } from './commands/addCredentials';
export { askForDevice } from './deviceForm';

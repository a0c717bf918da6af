export { createMachine, MachineError, type Machine, type MachineFault, type MachineSettings } from './client.ts'
export { askMachine, translateWaiting } from './work.ts'

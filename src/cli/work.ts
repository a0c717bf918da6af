import { Command } from 'commander'
export function workCommand(): Command { return new Command('work') }

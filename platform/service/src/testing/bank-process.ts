import { z } from '@ashlar/contract'
import { platformConfig, readConfig } from '../config.ts'
import { startPlatform } from '../platform.ts'
import { bankService, quietBank } from './bank.ts'

// A process of its own, as a service's main.ts is written.
const needs = quietBank()
// a payment of 13 waits outside until somebody gives up
needs.world.before = (signal) =>
  process.env['BANK_WAITS'] === undefined
    ? Promise.resolve()
    : new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('told to give up'))))
await using platform = await startPlatform(readConfig(z.object(platformConfig('bank'))))
await using server = await platform.serve(bankService(needs))
await server.stopped

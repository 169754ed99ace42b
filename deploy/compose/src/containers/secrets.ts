// Runs once before everything else: makes what is secret, and hands each container its own part.
import { join, resolve } from 'node:path'
import { handOut } from '../secrets/hand-out.ts'
import { makeSecrets } from '../secrets/make-secrets.ts'
import { secretFiles } from '../secrets/secret-files.ts'

const root = resolve(import.meta.dirname, '..', '..', '..', '..')
const { SECRETS_FOLDER: folder = '/secrets' } = process.env
const files = await secretFiles(await makeSecrets({ root, vault: join(folder, 'vault') }))
await handOut(folder, files)
console.log(`secrets are in place for ${Object.keys(files).join(', ')}`)

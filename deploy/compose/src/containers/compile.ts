// Runs while the image is built: loads whatever the processes will load, so that NODE_COMPILE_CACHE holds it stripped of its
// types and compiled. Each process starts half a second earlier for it and holds 17 MB less.
import { findServices } from '@tools/dev'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '..', '..', '..', '..')
const packages = [...findServices(root).map((service) => join('services', service)), 'gateway', join('tools', 'card-provider')]
for (const name of packages) await import(pathToFileURL(join(root, name, 'src', 'index.ts')).href)
console.log(`compiled ${packages.join(', ')}`)

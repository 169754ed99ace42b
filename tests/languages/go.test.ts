import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { needTool, ownFolder } from '@deploy/local/testing'
import { expect, it } from 'vitest'
import { contractNames, generatedFiles } from './generated.ts'
import { forEach, runTool } from './run-tool.ts'

const module = join(import.meta.dirname, 'go')

it('oapi-codegen makes Go of every OpenAPI document, types, client and server, and Go compiles it', async (context) => {
  const generator = await needTool(context, 'oapi-codegen')
  const go = await needTool(context, 'go')
  const folder = await ownFolder()
  await cp(module, folder, { recursive: true })
  const documents = await generatedFiles((file) => file.startsWith('openapi.'))
  expect([...new Set(documents.map(({ contract }) => contract))]).toEqual(await contractNames())
  await forEach(documents, async ({ module, path }) => {
    const name = module.replaceAll('_', '')
    await mkdir(join(folder, name))
    const code = await runTool(generator.file, ['-generate', 'types,client,std-http', '-package', name, path], { cwd: folder })
    await writeFile(join(folder, name, `${name}.go`), code)
  })
  await runTool(go.file, ['vet', './...'], { cwd: folder, env: { GOFLAGS: '-mod=readonly', GOWORK: 'off' } })
})

it('Go does not compile a program that reads a field no contract has', async (context) => {
  const generator = await needTool(context, 'oapi-codegen')
  const go = await needTool(context, 'go')
  const folder = await ownFolder()
  await cp(module, folder, { recursive: true })
  const [document] = await generatedFiles((file) => file === 'openapi.rest.json')
  expect(document?.contract).toBe('catalogue')
  const code = await runTool(generator.file, ['-generate', 'types,client', '-package', 'main', document!.path], { cwd: folder })
  await writeFile(join(folder, 'catalogue.go'), code)
  const reading = (field: string) => `package main\n\nimport "fmt"\n\nfunc main() { var p Product; fmt.Println(p.${field}) }\n`
  const vet = () => runTool(go.file, ['vet', '.'], { cwd: folder, env: { GOFLAGS: '-mod=readonly', GOWORK: 'off' } })
  await writeFile(join(folder, 'main.go'), reading('Price.AmountMinor'))
  await vet()
  await writeFile(join(folder, 'main.go'), reading('Colour'))
  await expect(vet()).rejects.toThrow('p.Colour undefined')
})

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { needTool, ownFolder } from '@deploy/local/testing'
import { expect, it } from 'vitest'
import { contractNames, generatedFiles, protosInPlace } from './generated.ts'
import { runTool } from './run-tool.ts'

const order = {
  id: '0198c5a0-7b1e-7c3a-9f00-000000000001',
  status: 'confirmed',
  lines: [{ sku: 'TEA-1', name: 'Tea', quantity: 2, unitPrice: { amountMinor: 450, currency: 'EUR' } }],
  total: { amountMinor: 900, currency: 'EUR' },
  createdAt: '2026-11-21T10:00:00.000Z',
}

it('datamodel-code-generator makes Python models of every document, and Python loads and uses them', async (context) => {
  const python = await needTool(context, 'python-generators')
  const folder = await ownFolder()
  const documents = await generatedFiles((file) => file.startsWith('openapi.') || file === 'asyncapi.json')
  expect([...new Set(documents.map(({ contract }) => contract))]).toEqual(await contractNames())
  const models = '--output-model-type pydantic_v2.BaseModel --target-python-version 3.11 --formatters builtin'.split(' ')
  const commands = documents.map(({ module, path }) => {
    const kind = path.endsWith('asyncapi.json') ? 'asyncapi' : 'openapi'
    return ['--input', path, '--input-file-type', kind, '--output', `${module}.py`, ...models]
  })
  await writeFile(join(folder, 'commands.json'), JSON.stringify(commands))
  await writeFile(join(folder, 'generate.py'), oneAfterTheOther)
  await runTool(python.file, ['generate.py'], { cwd: folder })
  await writeFile(join(folder, 'order.json'), JSON.stringify(order))
  await writeFile(join(folder, 'use.py'), using(documents.map(({ module }) => module)))
  const told = JSON.parse(await runTool(python.file, ['use.py'], { cwd: folder })) as unknown
  expect(told).toEqual({ total: 900, refused: ['status'], subject: 'orders.order-placed.v1' })
})

// as the command line does, in one process: most of its time goes into starting
const oneAfterTheOther = `
import json, sys
from datamodel_code_generator.__main__ import main
for command in json.load(open('commands.json')):
    if main(command) != 0:
        sys.exit(f'cannot make {command}')
`

const using = (modules: readonly string[]) => `
import json
${modules.map((module) => `import ${module}`).join('\n')}
from pydantic import ValidationError
order = json.load(open('order.json'))
total = orders_openapi_rest.Order.model_validate(order).total.amountMinor
try:
    orders_openapi_rest.Order.model_validate({**order, 'status': 'lost'})
    refused = []
except ValidationError as error:
    refused = [str(part) for each in error.errors() for part in each['loc']]
subject = orders_asyncapi.OrderPlacedEnvelope.model_fields['type'].annotation.__args__[0]
print(json.dumps({'total': total, 'refused': refused, 'subject': subject}))
`

it('protoc makes Python of every .proto, and an order survives the journey', async (context) => {
  const python = await needTool(context, 'python-generators')
  const folder = await ownFolder()
  const files = await protosInPlace(folder)
  expect([...new Set(files.map((file) => file.split('/')[0]))]).toEqual(await contractNames())
  await mkdir(join(folder, 'out'))
  await runTool(python.file, ['-m', 'grpc_tools.protoc', '-I.', '--python_out=out', '--grpc_python_out=out', ...files], { cwd: folder })
  await writeFile(join(folder, 'order.json'), JSON.stringify(order))
  await writeFile(join(folder, 'out', 'use.py'), journey(files))
  const told = JSON.parse(await runTool(python.file, ['out/use.py'], { cwd: folder })) as unknown
  // a whole number without an upper bound is int64, which protobuf writes as text
  const asText = ({ amountMinor, currency }: typeof order.total) => ({ amountMinor: String(amountMinor), currency })
  const lines = order.lines.map((line) => ({ ...line, unitPrice: asText(line.unitPrice) }))
  expect(told).toEqual({ ...order, lines, total: asText(order.total) })
})

const journey = (files: readonly string[]) => `
import json
${files.map((file) => `import ${file.replace('.proto', '_pb2_grpc').replaceAll('/', '.')}`).join('\n')}
from google.protobuf import json_format
from orders.v1 import orders_pb2
sent = json_format.Parse(open('order.json').read(), orders_pb2.GetOrderResponse())
received = orders_pb2.GetOrderResponse.FromString(sent.SerializeToString())
print(json_format.MessageToJson(received))
`

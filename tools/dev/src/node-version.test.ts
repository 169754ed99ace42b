import { expect, it } from 'vitest'
import { complaintAboutNode } from './node-version.ts'

it.each(['v20.20.2', 'v22.19.0', 'v24.11.1'])('sends %s away, saying where to get a newer one', (version) => {
  expect(complaintAboutNode(version)).toMatch(/^This is Node v[\d.]+; Ashlar needs 24\.12\.0 or newer\.[^]*npm ci/)
})

it.each(['v24.12.0', 'v24.21.0', 'v26.0.0'])('lets %s in', (version) => {
  expect(complaintAboutNode(version)).toBeUndefined()
})

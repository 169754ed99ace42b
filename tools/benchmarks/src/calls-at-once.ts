/** Makes calls, so many at once, and gives how long each took in milliseconds. */
export async function callsAtOnce(call: () => Promise<void>, { calls, atOnce }: { calls: number; atOnce: number }): Promise<number[]> {
  const tookMs: number[] = []
  let left = calls
  const oneAfterAnother = async (): Promise<void> => {
    for (; left > 0;) {
      left -= 1
      const startedAt = performance.now()
      await call()
      tookMs.push(performance.now() - startedAt)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, oneAfterAnother))
  return tookMs
}

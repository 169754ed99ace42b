import { spawn } from 'node:child_process'

/**
 * Has a process ended should this one be killed without a chance to do so itself: a small shell waits for our end of a
 * pipe to close. Calling what it gives takes that back. Does nothing where there is no `sh`.
 */
export function endWithUs(pid: number, signal: 'INT' | 'TERM'): () => void {
  const script = `read -r _; kill -s ${signal} ${pid} 2>/dev/null`
  const guard = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' })
  // No shell, no guard: what is left behind is ended by the next start.
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  guard.unref()
  return () => void guard.kill('SIGKILL')
}

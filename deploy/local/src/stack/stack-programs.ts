import type { GoProgram } from '../obtain/build-go-program.ts'

/** A program of the observability stack. */
export type StackProgram = 'collector' | 'prometheus' | 'promtool' | 'loki' | 'jaeger'

/** Where an official release lies, and how to verify it. */
export interface ReleaseArchive {
  /** The folder of the release on github.com. */
  readonly page: string
  readonly archive: string
  /** The file among those unpacked that is the program. */
  readonly inside: string
  readonly checksums: string
  /** What the published checksum is of: Jaeger's is of the program, the others' of the archive. */
  readonly checksumOf: 'archive' | 'program'
}

/** What is known of a program before it is here. */
export interface StackPin {
  readonly title: string
  readonly version: string
  /** Its names on PATH, and the oldest version that reads our configuration. */
  readonly onPath: readonly string[]
  readonly atLeast: string
  readonly release: ReleaseArchive
  readonly build: GoProgram
}

const system = process.platform === 'win32' ? 'windows' : process.platform
const machine = process.arch === 'x64' ? 'amd64' : process.arch
const exe = process.platform === 'win32' ? '.exe' : ''
const github = 'https://github.com'

// Of its service discoveries, only files and Consul: half the time to build, half the size.
const discoveries = 'remove_all_sd,enable_consul_sd'
const prometheusVersion = '3.14.0'
const prometheusFolder = `prometheus-${prometheusVersion}.${system}-${machine}`

function ofPrometheus(program: 'prometheus' | 'promtool', takes: string): StackPin {
  const title = program === 'prometheus' ? 'Prometheus' : 'promtool'
  return {
    title,
    version: prometheusVersion,
    onPath: [program],
    atLeast: '3.0.0',
    release: {
      page: `${github}/prometheus/prometheus/releases/download/v${prometheusVersion}`,
      archive: `${prometheusFolder}.tar.gz`,
      inside: `${prometheusFolder}/${program}${exe}`,
      checksums: 'sha256sums.txt',
      checksumOf: 'archive',
    },
    build: {
      title,
      module: 'prometheus',
      package: `github.com/prometheus/prometheus/cmd/${program}`,
      tags: discoveries,
      versionVariable: `github.com/prometheus/common/version.Version=${prometheusVersion}`,
      takes,
    },
  }
}

const collectorVersion = '0.160.0'
const lokiVersion = '3.7.8'
const jaegerVersion = '2.13.0'

/** The programs of the stack, each at one version. */
export const stackPins: Readonly<Record<StackProgram, StackPin>> = {
  collector: {
    title: 'collector',
    version: collectorVersion,
    onPath: ['otelcol-contrib', 'otelcol'],
    atLeast: collectorVersion,
    release: {
      page: `${github}/open-telemetry/opentelemetry-collector-releases/releases/download/v${collectorVersion}`,
      archive: `otelcol_${collectorVersion}_${system}_${machine}.tar.gz`,
      inside: `otelcol${exe}`,
      checksums: `otelcol_${collectorVersion}_${system}_${machine}.tar.gz.sha256`,
      checksumOf: 'archive',
    },
    build: {
      title: 'the collector',
      module: 'collector',
      package: '.',
      versionVariable: `main.version=${collectorVersion}`,
      takes: 'about 2 minutes',
    },
  },
  prometheus: ofPrometheus('prometheus', 'about 4 minutes'),
  promtool: ofPrometheus('promtool', 'a minute after Prometheus, else 4'),
  loki: {
    title: 'Loki',
    version: lokiVersion,
    onPath: ['loki'],
    atLeast: '3.4.0',
    release: {
      page: `${github}/grafana/loki/releases/download/v${lokiVersion}`,
      archive: `loki-${system}-${machine}${exe}.zip`,
      inside: `loki-${system}-${machine}${exe}`,
      checksums: 'SHA256SUMS',
      checksumOf: 'archive',
    },
    build: {
      title: 'Loki',
      module: 'loki',
      package: 'github.com/grafana/loki/v3/cmd/loki',
      versionVariable: `github.com/grafana/loki/v3/pkg/util/build.Version=${lokiVersion}`,
      takes: 'about 6 minutes',
    },
  },
  jaeger: {
    title: 'Jaeger',
    version: jaegerVersion,
    onPath: ['jaeger'],
    atLeast: '2.10.0',
    release: {
      page: `${github}/jaegertracing/jaeger/releases/download/v${jaegerVersion}`,
      archive: `jaeger-${jaegerVersion}-${system}-${machine}.tar.gz`,
      inside: `jaeger-${jaegerVersion}-${system}-${machine}/jaeger${exe}`,
      checksums: `jaeger-${jaegerVersion}-${system}-${machine}.sha256sum.txt`,
      checksumOf: 'program',
    },
    build: {
      title: 'Jaeger',
      // The page is not in Go's module: a build has the API and a page that says so.
      module: 'jaeger',
      package: 'github.com/jaegertracing/jaeger/cmd/jaeger',
      versionVariable: `github.com/jaegertracing/jaeger/internal/version.latestVersion=v${jaegerVersion}`,
      takes: 'about 5 minutes',
    },
  },
}

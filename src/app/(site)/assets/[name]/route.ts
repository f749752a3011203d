import { isAssetName, readAsset } from '../../_assets/assets.ts'

/** The stylesheet and the one script. Only the address with the right version may be kept. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const { name } = await params
  if (!isAssetName(name)) return new Response('Not found', { status: 404 })
  const { content, type, version } = readAsset(name)
  const isCurrent = new URL(request.url).searchParams.get('v') === version
  return new Response(content, {
    headers: {
      'Content-Type': type,
      'Cache-Control': isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  Quality,
  type VideoCodec,
  WebMOutputFormat
} from 'mediabunny'
import { createStage, type FilmFrames, type FilmOptions, pictureSize, playFrames } from './film'

export type VideoFormat = 'webm' | 'mp4'

interface Container {
  /** In the order of preference. */
  readonly codecs: VideoCodec[]
  readonly type: string
  readonly create: () => WebMOutputFormat | Mp4OutputFormat
}

const containers: Readonly<Record<VideoFormat, Container>> = {
  webm: { codecs: ['vp9', 'vp8', 'av1'], type: 'video/webm', create: () => new WebMOutputFormat() },
  // Other codecs in an MP4 are films that most players can't show.
  mp4: { codecs: ['avc'], type: 'video/mp4', create: () => new Mp4OutputFormat() }
}

const codecFor = (format: VideoFormat, frames: FilmFrames, enlargement: number): Promise<VideoCodec | null> =>
  typeof VideoEncoder === 'undefined'
    ? Promise.resolve(null)
    : getFirstEncodableVideoCodec(containers[format].codecs, pictureSize(frames, enlargement))

/** Whether this browser can encode such a film; free ones lack the codec of MP4. */
export const canEncodeVideo = async (format: VideoFormat, frames: FilmFrames, enlargement: number): Promise<boolean> =>
  (await codecFor(format, frames, enlargement)) !== null

/**
 * The film as a WebM or MP4, encoded by the browser.
 *
 * @throws Error where `canEncodeVideo` says no
 * @throws Cancelled
 */
export async function encodeVideo(format: VideoFormat, frames: FilmFrames, options: FilmOptions): Promise<Blob> {
  const codec = await codecFor(format, frames, options.enlargement)
  if (codec === null) {
    throw new Error(`film: expected a codec for ${format}, got a browser without one`)
  }
  const { create, type } = containers[format]
  const context = createStage(frames, options.enlargement)
  const target = new BufferTarget()
  const output = new Output({ format: create(), target })
  const source = new CanvasSource(context.canvas, { codec, quality: new Quality('high') })
  output.addVideoTrack(source, { frameRate: options.framesPerSecond })
  try {
    await output.start()
    const durationSeconds = 1 / options.framesPerSecond
    await playFrames(frames, context, options, (index) => source.add(index * durationSeconds, durationSeconds))
    await output.finalize()
  } catch (error) {
    await output.cancel()
    throw error
  }
  if (target.buffer === null) {
    throw new Error('film: expected the bytes of a finished film, got none')
  }
  return new Blob([target.buffer], { type })
}

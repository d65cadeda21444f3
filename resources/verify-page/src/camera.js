// The camera: picture after picture until one has a code in it.
import { readPicture } from "./reader.js";

const WIDEST = 1280;
const release = (stream) => stream.getTracks().forEach((track) => track.stop());
const PAUSE = 120;

/** Runs the camera in a video element until `found(text)`, or until it is stopped; where its picture
 * can't be read, `lost()`. */
export class Camera {
  constructor(video, lost) {
    this.video = video;
    this.lost = lost;
    this.canvas = document.createElement("canvas");
    this.stream = null;
    this.devices = [];
    this.chosen = "";
    this.turn = 0;
  }

  /** Whether this page may ask for a camera at all: not over plain http. */
  static get possible() {
    return Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  }

  async start(found) {
    this.stop();
    const mine = this.turn;
    try {
      await this.open(mine, found);
    } catch (fault) {
      // Of one that was stopped meanwhile nothing is told: it would close the next.
      if (mine === this.turn) throw fault;
    }
  }

  async open(mine, found) {
    const video = this.chosen
      ? { deviceId: { exact: this.chosen } }
      : { facingMode: { ideal: "environment" } };
    const size = { width: { ideal: WIDEST }, height: { ideal: WIDEST } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: { ...video, ...size } });
    if (mine !== this.turn) {
      // While the person was asked, another way was taken.
      release(stream);
      return;
    }
    this.stream = stream;
    this.video.srcObject = this.stream;
    await this.video.play();
    if (!this.devices.length) {
      const all = await navigator.mediaDevices.enumerateDevices();
      this.devices = all.filter((each) => each.kind === "videoinput");
    }
    this.look(stream, found).catch(() => this.stream === stream && this.lost());
  }

  async look(stream, found) {
    while (this.stream === stream) {
      const picture = this.picture();
      const texts = picture ? await readPicture(picture) : [];
      // Of two letters in sight nobody knows which is meant: it waits until one is left.
      if (texts.length === 1 && this.stream === stream) {
        // The picture freezes where it was read.
        this.video.pause();
        found(texts[0]);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  picture() {
    const { videoWidth, videoHeight } = this.video;
    if (!videoWidth) return null;
    const scale = Math.min(1, WIDEST / Math.max(videoWidth, videoHeight));
    this.canvas.width = Math.round(videoWidth * scale);
    this.canvas.height = Math.round(videoHeight * scale);
    const pen = this.canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    return pen.getImageData(0, 0, this.canvas.width, this.canvas.height);
  }

  stop() {
    this.turn += 1;
    if (!this.stream) return;
    release(this.stream);
    this.stream = null;
    this.video.srcObject = null;
  }

  get track() {
    return this.stream ? this.stream.getVideoTracks()[0] : null;
  }

  get hasTorch() {
    const can = this.track && this.track.getCapabilities ? this.track.getCapabilities() : {};
    return Boolean(can.torch);
  }

  async light(on) {
    await this.track.applyConstraints({ advanced: [{ torch: on }] });
  }

  /** Takes the camera after the one in use, whichever the browser chose, and stays with it. */
  async next(found) {
    const { deviceId } = this.track ? this.track.getSettings() : {};
    const used = this.devices.findIndex((each) => each.deviceId === deviceId);
    this.chosen = this.devices[(used + 1) % this.devices.length].deviceId;
    await this.start(found);
  }
}

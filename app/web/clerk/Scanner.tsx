import { useEffect, useRef, useState } from "preact/hooks";

// Shape Detection API: TypeScript's DOM does not have it yet.
interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}
type Detectors = new (options: { formats: string[] }) => Detector;

const EVERY = 200; // milliseconds between two looks through the camera
const CODE = /^[0-9A-Z]{8}$/; // anything else the camera sees is no attempt: attempts are counted
const WITHOUT = "这台设备的浏览器不能扫码，请输入取货码。";

/** The camera, until it sees a pickup code as a QR code; where the browser cannot do that, it says so. */
export function Scanner({ found }: { found: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [notice, setNotice] = useState<string>();

  useEffect(() => {
    const Known = (window as unknown as { BarcodeDetector?: Detectors }).BarcodeDetector;
    if (!Known || !navigator.mediaDevices) {
      setNotice(WITHOUT);
      return;
    }
    const detector = new Known({ formats: ["qr_code"] });
    let stream: MediaStream | undefined;
    let isOver = false;
    let timer = 0;

    async function look() {
      const all = video.current ? await detector.detect(video.current).catch(() => []) : [];
      const seen = all.find((each) => CODE.test(each.rawValue));
      if (isOver) {
        return;
      }
      if (seen) {
        found(seen.rawValue);
      } else {
        timer = window.setTimeout(() => void look(), EVERY);
      }
    }

    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(
      async (opened) => {
        stream = opened;
        if (isOver || !video.current) {
          opened.getTracks().forEach((track) => track.stop());
          return;
        }
        video.current.srcObject = opened;
        await video.current.play();
        void look();
      },
      () => setNotice("没有得到相机权限，请输入取货码。"),
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);

  return notice ? (
    <p class="notice" role="alert">
      {notice}
    </p>
  ) : (
    <video ref={video} class="camera" muted playsInline />
  );
}

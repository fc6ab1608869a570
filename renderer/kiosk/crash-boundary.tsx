import { Component, type PropsWithChildren } from 'react';
import { SailMark } from '#renderer/ui/sail-mark.tsx';

export interface CrashBoundaryProps {
  /** Called once when the page has failed: loads it again after a while. */
  readonly onCrash: () => void;
}

/** A bug of the page ends in a plain screen in both languages and a fresh start, never in a blank page. */
export class CrashBoundary extends Component<PropsWithChildren<CrashBoundaryProps>, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override componentDidCatch(): void {
    this.props.onCrash();
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="full-screen" role="alert">
        <SailMark />
        <h1>页面出了点问题，正在重新打开</h1>
        <p>记好的借还都在，几秒钟就好。一直这样，请找门口值守人员，或拨打 440。</p>
        <p lang="en">
          This page has failed and is opening again. What was recorded is safe. If it stays, ask the gate staff or call
          440.
        </p>
      </main>
    );
  }
}

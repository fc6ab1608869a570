import type { ThemeConfig } from 'antd';

/** The colours by role, the same as in console.css: sail red on warm paper. */
export const theme: ThemeConfig = {
  hashed: false,
  token: {
    colorPrimary: '#b8151d',
    colorInfo: '#1b5e8c',
    colorSuccess: '#1a6f43',
    colorWarning: '#a86a00',
    colorError: '#b8151d',
    colorLink: '#9c1118',
    colorText: '#26201c',
    colorTextSecondary: '#645a51',
    colorTextTertiary: '#6f655c',
    colorTextPlaceholder: '#7b7067',
    colorBorder: '#d8cdbb',
    colorBorderSecondary: '#ebe3d5',
    colorBgLayout: '#fbf7f0',
    colorBgContainer: '#ffffff',
    borderRadius: 10,
    controlHeight: 38,
    fontFamily: 'var(--face)',
    fontSize: 15,
    // Nothing on this page is worth waiting for.
    motionDurationSlow: '0.12s',
    motionDurationMid: '0.1s',
  },
  components: {
    Select: { optionSelectedBg: '#fbe9e8', optionActiveBg: '#faf5ec' },
    Form: { verticalLabelPadding: '0 0 6px', labelHeight: 24 },
  },
};

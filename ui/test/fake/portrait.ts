/** Drawn portraits as SVG, for tests and the development page. Nobody's face. */

export interface Face {
  eyeY: number;
  blue: string;
  hair: string;
  skin: string;
  cloth: string;
  smile: boolean;
}

export function faceOf(seed: number): Face {
  const pick = <T>(list: T[]): T => list[seed % list.length] as T;
  return {
    eyeY: 240 + ((seed * 37) % 5) * 14,
    blue: pick(["#64c5ff", "#5bb8f0", "#6ccbff", "#ffffff", "#f0f0f0"]),
    hair: pick(["#1d1a19", "#2b211c", "#121417"]),
    skin: pick(["#e9c3a6", "#dfb090", "#f0cdb3", "#d3a27f"]),
    cloth: pick(["#26364d", "#5a2f3a", "#3a3f46", "#f4f4f2", "#224a3a"]),
    smile: seed % 4 === 0,
  };
}

export function portraitSvg(face: Face, width = 480, height = 640): string {
  const { eyeY: y, blue, hair, skin, cloth, smile } = face;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 480 640">
<defs><radialGradient id="g" cx=".45" cy=".4" r=".7"><stop offset="0" stop-color="${skin}"/><stop offset="1" stop-color="#b98a6a"/></radialGradient></defs>
<rect width="480" height="640" fill="${blue}"/>
<path d="M40 640 Q60 ${y + 260} 170 ${y + 225} L310 ${y + 225} Q420 ${y + 260} 440 640Z" fill="${cloth}"/>
<path d="M195 ${y + 130}h90v90q-45 45-90 0z" fill="#c99b7c"/>
<ellipse cx="240" cy="${y - 40}" rx="124" ry="132" fill="${hair}"/>
<ellipse cx="128" cy="${y + 15}" rx="15" ry="32" fill="${skin}"/><ellipse cx="352" cy="${y + 15}" rx="15" ry="32" fill="${skin}"/>
<ellipse cx="240" cy="${y + 22}" rx="110" ry="142" fill="url(#g)"/>
<path d="M132 ${y - 20} Q150 ${y - 130} 240 ${y - 128} Q330 ${y - 130} 348 ${y - 20} Q330 ${y - 80} 240 ${y - 84} Q150 ${y - 80} 132 ${y - 20}Z" fill="${hair}"/>
<g fill="none" stroke="${hair}" stroke-width="7" stroke-linecap="round"><path d="M166 ${y - 30}q26-14 50 0"/><path d="M264 ${y - 30}q26-14 50 0"/></g>
<g><ellipse cx="192" cy="${y}" rx="24" ry="11" fill="#fff"/><ellipse cx="288" cy="${y}" rx="24" ry="11" fill="#fff"/><circle cx="192" cy="${y}" r="10" fill="#3a2a20"/><circle cx="288" cy="${y}" r="10" fill="#3a2a20"/><circle cx="195" cy="${y - 3}" r="3" fill="#fff"/><circle cx="291" cy="${y - 3}" r="3" fill="#fff"/></g>
<path d="M236 ${y + 10}q-12 44 -8 52q12 8 26 0" fill="none" stroke="#a87a5c" stroke-width="4"/>
${smile ? `<path d="M200 ${y + 92}q40 30 80 0z" fill="#fff" stroke="#a04b46" stroke-width="5"/>` : `<path d="M204 ${y + 96}q36 10 72 0" fill="none" stroke="#a04b46" stroke-width="7" stroke-linecap="round"/>`}
</svg>`;
}

export function portraitUrl(seed: number): string {
  return `data:image/svg+xml,${encodeURIComponent(portraitSvg(faceOf(seed)))}`;
}

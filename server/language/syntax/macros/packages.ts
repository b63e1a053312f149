// The macros of LaTeX packages and those that people use undefined, written as the TeX that would define them.
// Sources: the manuals of physics 1.3, derivative 1.4, mathtools, bm, esdiff, commath on CTAN; simplified to what they mean.

/** \pdv{f}{x}, \pdv[n]{f}{x}, \pdv{x}, \pdv{f}{x}{y}; \dv likewise. */
const DERIVATIVES = String.raw`
\NewDocumentCommand\pdv{s o m g g}{\IfNoValueTF{#4}
  {\frac{\partial\IfValueT{#2}{^{#2}}}{\partial #3\IfValueT{#2}{^{#2}}}}
  {\IfNoValueTF{#5}
    {\frac{\partial\IfValueT{#2}{^{#2}} #3}{\partial #4\IfValueT{#2}{^{#2}}}}
    {\frac{\partial^{2} #3}{\partial #4 \partial #5}}}}
\NewDocumentCommand\dv{s o m g}{\IfNoValueTF{#4}
  {\frac{\mathrm{d}\IfValueT{#2}{^{#2}}}{\mathrm{d} #3\IfValueT{#2}{^{#2}}}}
  {\frac{\mathrm{d}\IfValueT{#2}{^{#2}} #3}{\mathrm{d} #4\IfValueT{#2}{^{#2}}}}}
`;

const NORMS = String.raw`
\DeclarePairedDelimiter\abs{\vert}{\vert}
\DeclarePairedDelimiter\norm{\|}{\|}
`;

const COLONS = String.raw`
\def\coloneqq{:=} \def\coloneq{:=} \def\colonequals{:=} \def\eqqcolon{=:} \def\eqcolon{=:} \def\vcentcolon{:} \def\ratio{:} \def\dblcolon{::}
`;

const PHYSICS = String.raw`
${DERIVATIVES}${NORMS}
\let\derivative\dv \let\partialderivative\pdv \let\pderivative\pdv \let\absolutevalue\abs \let\magnitude\abs
\NewDocumentCommand\dd{o}{\mathrm{d}\IfValueT{#1}{^{#1}}} \let\differential\dd
\def\var{\delta} \def\variation{\delta} \NewDocumentCommand\fdv{s o m g}{\IfNoValueTF{#4}{\frac{\delta}{\delta #3}}{\frac{\delta #3}{\delta #4}}}
\def\grad{\nabla} \def\gradient{\nabla} \def\div{\nabla\cdot} \def\divergence{\nabla\cdot} \def\curl{\nabla\times} \def\laplacian{\nabla^{2}}
\def\tr{\operatorname{tr}} \def\Tr{\operatorname{Tr}} \def\trace{\operatorname{tr}} \def\Trace{\operatorname{Tr}}
\def\rank{\operatorname{rank}} \def\erf{\operatorname{erf}} \def\Res{\operatorname{Res}}
\NewDocumentCommand\vb{s m}{\IfBooleanTF{#1}{\boldsymbol{#2}}{\mathbf{#2}}} \let\vectorbold\vb
\NewDocumentCommand\va{s m}{\vec{\IfBooleanTF{#1}{\boldsymbol{#2}}{\mathbf{#2}}}} \let\vectorarrow\va
\NewDocumentCommand\vu{s m}{\hat{\IfBooleanTF{#1}{\boldsymbol{#2}}{\mathbf{#2}}}} \let\vectorunit\vu
\def\vdot{\cdot} \def\dotproduct{\cdot} \def\cross{\times} \def\crossproduct{\times} \def\cp{\times}
\NewDocumentCommand\qty{s t\big t\Big t\bigg t\Bigg g o d() d||}{\IfValueT{#6}{\left\{#6\right\}}\IfValueT{#7}{\left[#7\right]}\IfValueT{#8}{\left(#8\right)}\IfValueT{#9}{\left|#9\right|}}
\let\quantity\qty
\def\pqty#1{\left(#1\right)} \def\bqty#1{\left[#1\right]} \def\Bqty#1{\left\{#1\right\}} \def\vqty#1{\left|#1\right|}
\NewDocumentCommand\mqty{s g o d() d||}{\IfValueT{#2}{\begin{matrix}#2\end{matrix}}\IfValueT{#3}{\begin{bmatrix}#3\end{bmatrix}}\IfValueT{#4}{\begin{pmatrix}#4\end{pmatrix}}\IfValueT{#5}{\begin{vmatrix}#5\end{vmatrix}}}
\let\matrixquantity\mqty \let\smqty\mqty
\def\pmqty#1{\begin{pmatrix}#1\end{pmatrix}} \def\bmqty#1{\begin{bmatrix}#1\end{bmatrix}} \def\vmqty#1{\begin{vmatrix}#1\end{vmatrix}} \def\mdet#1{\begin{vmatrix}#1\end{vmatrix}}
\NewDocumentCommand\order{d() g}{\mathcal{O}\IfValueT{#1}{\left(#1\right)}\IfValueT{#2}{\left(#2\right)}}
\NewDocumentCommand\eval{s m}{\left.#2\right|} \let\evaluated\eval
\NewDocumentCommand\comm{s m m}{\left[#2,#3\right]} \let\commutator\comm
\NewDocumentCommand\braket{s m g}{\left\langle #2\IfValueT{#3}{,#3}\right\rangle} \let\ip\braket \let\innerproduct\braket
\NewDocumentCommand\ev{s m g}{\left\langle #2\right\rangle} \let\expval\ev
\def\Re{\operatorname{Re}} \def\Im{\operatorname{Im}}
`;

/** \pdv{f}{x,y}, \pdv[order=2]{f}{x}, \pdv{f}/{x}; the lists are taken apart by helpers named \cf@…. */
const DERIVATIVE = String.raw`
\def\cf@order#1=#2=#3\cf@end{\IfBlankTF{#2}{#1}{#2}}
\def\cf@count#1,#2,#3,#4\cf@end{\IfBlankTF{#2}{}{\IfBlankTF{#3}{^{2}}{^{3}}}}
\def\cf@pvars#1,#2\cf@end{\partial #1\IfBlankTF{#2}{}{\cf@pvars#2\cf@end}}
\def\cf@ovars#1,#2\cf@end{\mathrm{d} #1\IfBlankTF{#2}{}{\cf@ovars#2\cf@end}}
\NewDocumentCommand\pdv{s o m t/ t! m}{\IfNoValueTF{#2}
  {\frac{\partial\cf@count#6,,,\cf@end #3}{\cf@pvars#6,\cf@end}}
  {\frac{\partial^{\cf@order#2==\cf@end} #3}{\partial #6^{\cf@order#2==\cf@end}}}}
\NewDocumentCommand\odv{s o m t/ t! m}{\IfNoValueTF{#2}
  {\frac{\mathrm{d}\cf@count#6,,,\cf@end #3}{\cf@ovars#6,\cf@end}}
  {\frac{\mathrm{d}^{\cf@order#2==\cf@end} #3}{\mathrm{d} #6^{\cf@order#2==\cf@end}}}}
\let\mdv\pdv \let\jdv\pdv
\NewDocumentCommand\odif{s o m}{\mathrm{d} #3} \NewDocumentCommand\pdif{s o m}{\partial #3}
`;

const SLASH = '\\';

/** \pd[n]{f}{x}, \od[n]{f}{x} of commath; \diffp, \diff of esdiff (whose orders come the same way). */
const ordered = (partial: string, total: string): string => String.raw`
\NewDocumentCommand${SLASH}${partial}{o m m}{\frac{\partial\IfValueT{#1}{^{#1}} #2}{\partial #3\IfValueT{#1}{^{#1}}}}
\NewDocumentCommand${SLASH}${total}{o m m}{\frac{\mathrm{d}\IfValueT{#1}{^{#1}} #2}{\mathrm{d} #3\IfValueT{#1}{^{#1}}}}
`;

/** The text of a package's macros, by its name. */
export const PACKAGES: ReadonlyMap<string, string> = new Map([
  ['physics', PHYSICS],
  ['physics2', PHYSICS],
  ['derivative', DERIVATIVE],
  ['bm', String.raw`\def\bm#1{\boldsymbol{#1}} \def\hm#1{\boldsymbol{#1}}`],
  ['mathtools', COLONS],
  ['colonequals', COLONS],
  ['commath', `${NORMS}${ordered('pd', 'od')}\\def\\dif{\\mathrm{d}} \\def\\Dif{\\mathrm{D}}`],
  ['esdiff', ordered('diffp', 'diff')],
  ['bbm', ''],
  ['amsmath', ''],
  ['amssymb', ''],
]);

/** What is used without a definition often enough to be known. */
export const DEFAULTS = String.raw`
${DERIVATIVES}${NORMS}${COLONS}
\let\pderiv\pdv
\def\R{\mathbb{R}} \def\bR{\mathbb{R}} \def\RR{\mathbb{R}} \def\Reals{\mathbb{R}} \def\reals{\mathbb{R}} \def\E{\mathbb{E}}
\def\tr{\operatorname{tr}} \def\Tr{\operatorname{Tr}} \def\trace{\operatorname{tr}} \def\Trace{\operatorname{Tr}}
\def\diag{\operatorname{diag}} \def\Diag{\operatorname{Diag}} \def\rank{\operatorname{rank}} \def\sign{\operatorname{sign}} \def\sgn{\operatorname{sgn}}
\def\softmax{\operatorname{softmax}} \def\sigmoid{\operatorname{sigmoid}} \def\relu{\operatorname{ReLU}} \def\ReLU{\operatorname{ReLU}}
\def\argmin{\operatorname*{arg\,min}} \def\argmax{\operatorname*{arg\,max}}
\def\T{\top} \def\transpose#1{{#1}^{\top}}
\def\ip#1#2{\left\langle #1,#2\right\rangle}
`;

"""The ten principles of a dignified effort, in the very words of the field; they are not translated.

Source: "10 principper for en værdig indsats", in: Rådet for Socialt Udsatte, Fra systemer til mennesker.
"""

from collections.abc import Mapping

HEADINGS: Mapping[int, str] = {
    1: "Fra systemer til mennesker",
    2: "Fra fragmenteret til sammenhængende",
    3: "Fra mange lukkede døre til én åben dør",
    4: "Fra møde hos kommunen til møde hos borgeren",
    5: "Fra krav og sanktioner til ubetinget hjælp",
    6: "Fra entydigt fokus på beskæftigelse til fokus på helheden",
    7: "Fra institution til inklusion",
    8: "Fra akutte indsatser til varig forandring",
    9: "Fra projekter til stabilitet og forankring",
    10: "Fra det vi tror virker - til det vi ved virker",
}

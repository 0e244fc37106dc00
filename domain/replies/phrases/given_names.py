"""Given names people sign with; names that are also words with a meaning here ("Hope", "Will", "May") are left out."""

GIVEN_NAMES = frozenset(
    """
    aaliyah aaron abby abena abigail adam adaeze adela adele adriana adrian agnes aicha aisha alan alana alba albert alberto
    alejandra alejandro alex alexa alexander alexandra alexis alfredo ali alice alicia alina alisha allison alma alondra
    alvaro alyssa amanda amara amber amelia amina amy ana anabel andre andrea andres andrew andy angel angela angelica angelina
    angie anika anita ann anna anne annette annie anthony antoinette antonia antonio araceli aria ariana ariel arlene
    arturo ashley ashlee aubrey audrey aurora ava ayana barb barbara beatrice beatriz becky belinda ben benita benjamin
    bernadette bernard bernice bertha beth bethany betsy betty beverly bianca blanca bob bobbie bonita bonnie brad
    brandi brandon brandy brenda brenna brian briana brianna bridget brittany brooke bruce bryan caitlin caleb calvin
    camila camille candace candice cara carl carla carlos carmen carol carolina caroline carolyn carrie casey cassandra
    cassie catherine cathy cecilia celeste celia cesar charlene charles charlotte chelsea cheryl chidi chinedu chioma chloe
    chris christian christina christine christopher christy cindy claire clara claudia colleen connie consuelo corey
    courtney craig crystal curtis cynthia daisy dakota dan dana daniel daniela danielle danny daphne darius darlene darren
    daryl dave david dawn deanna debbie deborah debra deepa delia delores denise dennis derek derrick desiree destiny diana diane
    diego dina dolores dominic dominique donald donna dora doreen doris dorothy doug douglas duane dwayne ebony ed eddie
    edgar edith eduardo edward edwin eileen elaine elena eli elias elijah elisa elizabeth ella ellen elsa elvira emily emma
    emmanuel enrique eric erica erik erika erin ernest ernesto esmeralda esperanza esteban estela esther ethan eugene eva evan
    evelyn fabiola fatima fatou felicia felipe felix fernanda fernando fiona florence fran frances francesca francis francisco
    frank fred freda gabriel gabriela gabrielle gail gary geoff george georgia gerald geraldine gerardo gilbert gina gladys glenda
    glenn gloria gonzalo gordon grace graciela greg gregory greta griselda guadalupe guillermo gustavo gwen hailey hannah
    harold harriet harry hazel heather hector heidi helen helena henry hilda holly howard hugo ian ifeoma ignacio imani ines
    ingrid irene iris irma isaac isabel isabella isaiah ismael ivan ivette ivonne jackie jackson jacob jacqueline jada jaime
    jake jamal james jamie jan jane janelle janet janette janice janine jared jasmin jasmine jason javier jay jayla jean jeanette
    jeanne jeff jeffrey jenna jennifer jenny jeremy jermaine jerome jerry jesse jessica jessie jesus jill jim jimmy
    joan joann joanna joanne jocelyn jodi jody joe joel joey johanna john johnny jon jonathan jordan jorge jose josefina joseph
    josephine josh joshua josie joy joyce juan juana juanita judith judy julia julian juliana julie juliet julio justin
    justine kaitlyn karen kareem karina karl karla kate katelyn katherine kathleen kathryn kathy katie katrina kay kayla keisha
    keith kelly kelsey ken kendra kenneth kenya kerry kevin kiara kim kimberly kofi kris krista kristen kristin kristina kristy
    krystal kwame kyle lakisha lamar lana lanisha larry lashonda latasha latonya latoya laura lauren laurie lawrence leah
    leandra lee leila lena leo leon leonard leonor leroy leslie leticia letitia lidia lilia lilian liliana lillian lily linda
    lindsay lindsey lisa liz lizbeth lois lola lorena lorenzo loretta lori lorraine louis louise lourdes lucas lucia lucille
    lucy luis luisa luz lydia lynda lynn mabel mackenzie maddie madeline madison magdalena malik mandy manny manuel
    marcela marcella marcia marco marcos marcus margaret margarita margie maria mariah mariam marian mariana maribel marie
    marilyn mario marion marisa marisol marissa marjorie marlene marsha marta martha martin martina marvin mary maryann
    mateo matt matthew maureen mauricio maxine megan meghan melanie melinda melissa melody mercedes meredith mia michael
    micaela michele michelle miguel mike mildred mindy miranda miriam misty mitchell moises molly mona monica monique morgan
    muhammad mohamed mohammed myra myrna nadia nadine nancy naomi natalia natalie natasha nathan nayeli neha neil nelly ngozi
    nia nicholas nicole nikki nina noah noelle noemi nora norma obinna octavia ofelia olga olivia olumide omar oscar osvaldo
    pablo paige pam pamela paola patience patricia patrick patsy patti patty paul paula paulette paulina pauline pedro peggy
    penelope perla pete peter petra phil philip phillip phyllis pilar polly precious priscilla priya priyanka rachel rafael
    ralph ramon ramona randy raquel raul raven ray raymond rebecca rebekah regina rene renee ricardo richard rick ricky rita
    rob robert roberta roberto robin rochelle rodrigo rogelio ron ronald ronda rosa rosalie rosalinda rosario rosemary
    rosie roxanne ruben ruby rudy russell ruth ryan sabrina sally salvador sam samantha samuel sandra sandy sara sarah sasha
    saul sean sebastian selena serena sergio shana shane shanice shanika shannon shantel sharon shaun shauna shawn shawna sheila
    shelby shelley shelly sherri sherry shirley silvia simone sofia sonia sonya sophia sophie stacey stacy stefanie stella
    steph stephanie stephen steve steven susan susana susie suzanne sylvia tabitha tamara tameka tami tamika
    tammy tania tanisha tanya tara tasha tatiana taylor ted teresa teri terrance terrell terri terry thelma theresa thomas
    tia tiana tiffany tim timothy tina todd tom tommy toni tony tonya tracey traci tracy travis trevor tricia trina trinity
    trisha troy tyler tyrone valentina valerie vanessa vera verna veronica vicki vicky victor victoria vincent viola violet
    virginia vivian viviana wanda wayne wendy wesley whitney wilfredo william willie wilma winifred xavier ximena xiomara
    yadira yaritza yasmin yesenia yolanda yvette yvonne zachary zainab zoe zoila tamia aliyah shanelle lakeisha
    """.split()
)
